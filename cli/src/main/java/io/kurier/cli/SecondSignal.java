// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import java.lang.reflect.Proxy;
import java.util.Map;

/**
 * Ends the JVM at once when another Ctrl-C or SIGTERM comes while it is ending; by itself a JVM ignores it. The class of
 * the JDK that receives signals is in the module {@code jdk.unsupported}, which a JVM may lack: then nothing changes.
 */
final class SecondSignal {
    private static final Map<String, Integer> EXIT_CODES = Map.of("INT", 130, "TERM", 143);

    private SecondSignal() {}

    /** Ends the JVM at the next signal. */
    static void endsAtOnce() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            for (Map.Entry<String, Integer> each : EXIT_CODES.entrySet()) {
                int exitCode = each.getValue();
                Object halting = Proxy.newProxyInstance(
                        SecondSignal.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                            Runtime.getRuntime().halt(exitCode);
                            return null;
                        });
                signal.getMethod("handle", signal, handler)
                        .invoke(null, signal.getConstructor(String.class).newInstance(each.getKey()), halting);
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            return; // with -Xrs, or without the class, signals are not the JVM's
        }
    }
}
