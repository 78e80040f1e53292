// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The public constructors and methods of a type that take arguments. */
final class Calls {
    private Calls() {}

    static Stream<Executable> of(Class<?> type) {
        Stream<Executable> constructors =
                Modifier.isAbstract(type.getModifiers()) ? Stream.of() : Arrays.stream(type.getConstructors());
        return Stream.concat(
                        constructors,
                        Arrays.stream(type.getDeclaredMethods())
                                .filter(method -> Modifier.isPublic(method.getModifiers()))
                                .filter(method -> !method.isSynthetic()
                                        && !method.getName().equals("equals")))
                .filter(call -> call.getParameterCount() > 0);
    }

    /** As {@code Topic.of(String, Class, Class)}. */
    static String signature(Executable call) {
        Class<?> type = call.getDeclaringClass();
        String owner = type.isMemberClass()
                ? type.getDeclaringClass().getSimpleName() + "." + type.getSimpleName()
                : type.getSimpleName();
        return owner + "." + (call instanceof Constructor<?> ? "new" : call.getName())
                + Arrays.stream(call.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    static @Nullable Object call(Executable call, @Nullable Object target, @Nullable Object[] arguments)
            throws Throwable {
        try {
            call.setAccessible(true); // of an interface whose implementation is not public
            return call instanceof Constructor<?> constructor
                    ? constructor.newInstance(arguments)
                    : ((Method) call).invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    /** Null where none is allowed, as callers outside null-checked code have it. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"
    }) // the arguments are what callers outside null-checked code give
    static <T> T nothing() {
        return null;
    }
}
