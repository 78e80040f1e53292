// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import io.kurier.core.internal.errors.ThrowableText;
import java.util.ServiceConfigurationError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Translates the exceptions that the JDK throws if a provider cannot be loaded into sentences with what to do. */
final class LoadFailure {
    private static final Pattern PROVIDER = Pattern.compile(
            "(?:Provider )?(\\S+) (not found|not a subtype|could not be instantiated|Unable to get .*)");

    private static final Pattern LINE = Pattern.compile(".*:(\\d+): (.*)", Pattern.DOTALL);
    private static final Pattern COMPILED_FOR = Pattern.compile("class file version (\\d+)");
    private static final Pattern CLASS = Pattern.compile("[\\w$/.]+");

    /** Java 1.0 had version 44 of the class file format, and each later version has one more. */
    private static final int BEFORE_JAVA_1 = 44;

    private final Class<?> service;

    LoadFailure(Class<?> service) {
        this.service = service;
    }

    /** Returns why a provider could not be found. */
    String reason(Throwable error) {
        return error instanceof ServiceConfigurationError ? ofService(error) : withCause("a class", error);
    }

    /** Returns why a provider of a class could not be created. */
    String reason(Class<?> type, Throwable error) {
        return error instanceof ServiceConfigurationError ? ofService(error) : withCause(type.getName(), error);
    }

    private String ofService(Throwable error) {
        String message = messageOf(error).replace(service.getName() + ": ", "");
        Matcher provider = PROVIDER.matcher(message);
        if (provider.matches()) {
            String name = provider.group(1);
            return switch (provider.group(2)) {
                case "not found" ->
                    file() + " names " + name
                            + ", and there is no such class. Correct the name, or add the jar that has the class.";
                case "not a subtype" ->
                    file() + " names " + name + ", which is no " + service.getSimpleName() + ". Take the line out.";
                case "could not be instantiated" -> withCause(name, error.getCause());
                default ->
                    error.getCause() instanceof LinkageError
                            ? withCause(name, error.getCause())
                            : name + " has no public constructor without parameters. Give it one.";
            };
        }
        Matcher line = LINE.matcher(message);
        return line.matches()
                ? file() + ", line " + line.group(1) + ": " + line.group(2)
                        + ". It must hold one name of a class a line."
                : message + (error.getCause() == null ? "" : ": " + ThrowableText.of(error.getCause()));
    }

    private String file() {
        return "META-INF/services/" + service.getName();
    }

    private static String withCause(String what, @Nullable Throwable cause) {
        String message = cause instanceof LinkageError ? messageOf(cause) : "";
        if (cause instanceof UnsupportedClassVersionError) {
            Matcher version = COMPILED_FOR.matcher(message);
            int here = Runtime.version().feature();
            return version.find()
                    ? "compiled for Java " + (Integer.parseInt(version.group(1)) - BEFORE_JAVA_1) + ", this is Java "
                            + here + ". Run on that Java, or get a jar that was compiled for Java " + here + "."
                    : message;
        }
        if (cause instanceof NoClassDefFoundError && CLASS.matcher(message).matches()) {
            return what + " needs the class " + message.replace('/', '.')
                    + ", which is nowhere. Put the jar that has it beside this one, both in one folder.";
        }
        if (cause instanceof LinkageError && !(cause instanceof ExceptionInInitializerError)) {
            return what + " cannot be loaded: " + ThrowableText.of(cause) + ". Get another build of it.";
        }
        Throwable why = cause instanceof ExceptionInInitializerError in ? ThrowableText.cause(in) : cause;
        return what + " cannot be made: " + (why == null ? "no reason is given" : ThrowableText.of(why))
                + ". Its constructor must not fail; tell those who made it.";
    }

    private static String messageOf(Throwable error) {
        try {
            return String.valueOf(error.getMessage());
        } catch (Throwable e) { // one that is not the JDK's own
            return "";
        }
    }
}
