// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.testplugins;

import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What code that is not Kurier's may throw, or return, at the worst. The errors are made here, not provoked. */
public enum Thrown {
    /** An exception whose message cannot be had. */
    MESSAGE_THROWS(() -> new IllegalStateException() {
        @Override
        public String getMessage() {
            throw new IllegalArgumentException("no message");
        }
    }),
    /** An exception that cannot be printed. */
    TEXT_THROWS(() -> new IllegalStateException() {
        @Override
        public String getMessage() {
            throw new StackOverflowError();
        }

        @Override
        public String toString() {
            throw new OutOfMemoryError("no text");
        }
    }),
    /** An exception that prints as nothing. */
    TEXT_IS_NULL(() -> new IllegalStateException() {
        @Override
        @SuppressWarnings("NullAway") // what exceptions outside null-checked code do
        public @Nullable String toString() {
            return null;
        }
    }),
    /** The stack is exhausted. */
    STACK_OVERFLOW(StackOverflowError::new),
    /** The heap is exhausted. */
    OUT_OF_MEMORY(() -> new OutOfMemoryError("Java heap space")),
    /** A class is missing. */
    LINKAGE(() -> new NoClassDefFoundError("org/example/Missing")),
    /** A class that could not be initialized, with a reason that cannot be printed. */
    INITIALIZER(() -> new ExceptionInInitializerError(TEXT_THROWS.made.get())),
    /** An error of a class of somebody's own, as {@code ThreadDeath} was. */
    OWN_ERROR(() -> new Error("own") {}),
    /** A checked exception that is not declared, as Lombok and Kotlin throw them. */
    SNEAKED(() -> new IOException("sneaked")),
    /** An exception that is its cause's cause. */
    CIRCLE(() -> {
        RuntimeException one = new IllegalStateException("one");
        RuntimeException two = new IllegalStateException("two", one);
        one.initCause(two);
        two.addSuppressed(one);
        return one;
    }),
    /** An exception with another cause each time. */
    CAUSES_WITHOUT_END(Endless::new),
    /** An interrupt, which clears the thread's flag. */
    INTERRUPTED(() -> new InterruptedException("interrupted")),
    /** Nothing is thrown, and null is returned. */
    RETURNS_NULL(() -> new AssertionError("not thrown"));

    private final Supplier<Throwable> made;

    Thrown(Supplier<Throwable> made) {
        this.made = made;
    }

    /** Throws it, whatever the caller declares. */
    public RuntimeException sneak() {
        throw Thrown.<RuntimeException>sneaked(made.get());
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // so the compiler lets it pass
    private static <E extends Throwable> RuntimeException sneaked(Throwable thrown) throws E {
        throw (E) thrown;
    }

    private static final class Endless extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Endless() {
            super("endless");
        }

        @Override
        public synchronized Throwable getCause() {
            return new Endless();
        }
    }
}
