// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A class of the application that configuration names in place of a plugin, as {@code class:com.example.Mine}. */
final class ClassByName {
    static final String PREFIX = "class:";

    private ClassByName() {}

    /**
     * Makes an object of the class.
     *
     * @param name the name of the class
     * @param type what the class has to be
     * @throws IllegalArgumentException if there is no such class, it is another type, or it cannot be made
     */
    static <T> T make(String name, Class<T> type) {
        Class<?> found = Stream.of(Thread.currentThread().getContextClassLoader(), ClassByName.class.getClassLoader())
                .flatMap(loader -> load(name, loader).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no class " + name
                        + " on the class path. Correct the name, or add the jar that has it."));
        try {
            return type.cast(found.getConstructor().newInstance());
        } catch (ClassCastException e) {
            throw new IllegalArgumentException(name + " is not a " + type.getName() + ".", e);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException("its constructor has failed: " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    name + " is not a public class with a public constructor without parameters.", e);
        }
    }

    private static Optional<Class<?>> load(String name, @Nullable ClassLoader loader) {
        try {
            return Optional.of(Class.forName(name, true, loader));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }
}
