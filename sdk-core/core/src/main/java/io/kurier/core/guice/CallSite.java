// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.guice;

/** Finds the line of the user's module that set a key, for messages. */
final class CallSite {
    private CallSite() {}

    /** The nearest caller outside a package, as {@code OrdersModule.java:12}. */
    static String outside(String packageName) {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(frame ->
                                !frame.getClassName().startsWith(packageName + ".") && frame.getLineNumber() > 0)
                        .findFirst()
                        .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                        .orElse("code"));
    }
}
