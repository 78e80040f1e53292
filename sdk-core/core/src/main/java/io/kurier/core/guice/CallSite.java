// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.guice;

/** Finds the line of the user's module that called a binder, for messages. */
final class CallSite {
    private CallSite() {}

    /**
     * Returns the nearest caller of a binder's method that is not the binder itself, as {@code OrdersModule.java:12}.
     */
    static String outside(Class<?> binder) {
        String name = binder.getName();
        return StackWalker.getInstance()
                .walk(frames -> frames.dropWhile(frame -> !frame.getClassName().startsWith(name))
                        .dropWhile(frame -> frame.getClassName().startsWith(name))
                        .findFirst()
                        .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                        .orElse("code"));
    }
}
