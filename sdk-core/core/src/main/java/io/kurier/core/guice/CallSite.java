// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.guice;

/** Finds the line of the user's module that set a key, for messages. */
final class CallSite {
    private CallSite() {}

    /** The nearest caller of {@link KurierBinder} that is not the binder itself, as {@code OrdersModule.java:12}. */
    static String ofBinder() {
        String binder = KurierBinder.class.getName();
        return StackWalker.getInstance()
                .walk(frames -> frames.dropWhile(frame -> !frame.getClassName().startsWith(binder))
                        .dropWhile(frame -> frame.getClassName().startsWith(binder))
                        .findFirst()
                        .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                        .orElse("code"));
    }
}
