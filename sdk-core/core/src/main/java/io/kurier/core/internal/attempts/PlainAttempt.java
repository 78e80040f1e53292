// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.attempts;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that is not a future. It has the same fields as {@link AttemptFuture}, whose parent has to be the JDK's
 * future.
 */
public abstract class PlainAttempt implements Attempt {
    private static final VarHandle KEEPER;
    private static final VarHandle SENDER;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            KEEPER = lookup.findVarHandle(PlainAttempt.class, "keeper", AttemptKeeper.class);
            SENDER = lookup.findVarHandle(PlainAttempt.class, "sender", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private @Nullable AttemptKeeper keeper;
    /** At first the thread that makes this object; that is one store less when the attempt begins. */
    private @Nullable Object sender = Thread.currentThread();

    @Override
    public final @Nullable AttemptKeeper keeper() {
        return keeper;
    }

    @Override
    public final void keeper(@Nullable AttemptKeeper newKeeper) {
        KEEPER.setRelease(this, newKeeper);
    }

    @Override
    public final @Nullable AttemptKeeper takeKeeper() {
        return (AttemptKeeper) KEEPER.getAndSet(this, (AttemptKeeper) null);
    }

    @Override
    public final @Nullable Object sender() {
        return sender;
    }

    @Override
    public final @Nullable Object senderInOrder() {
        return SENDER.getAcquire(this);
    }

    @Override
    public final void sender(Object newSender) {
        SENDER.setRelease(this, newSender);
    }
}
