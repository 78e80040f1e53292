// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.attempts;

import io.kurier.core.internal.completion.PublisherFuture;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A message's future that is its first attempt too. The transport recognizes it by this class: a check for an interface
 * writes to the class that is checked if the check before was for another one, up to JDK 22 (JDK-8180450), and threads
 * that do so in turns lose its cache line.
 */
public abstract class AttemptFuture<T extends @Nullable Object> extends PublisherFuture<T> implements Attempt {
    private static final VarHandle KEEPER;
    private static final VarHandle SENDER;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            KEEPER = lookup.findVarHandle(AttemptFuture.class, "keeper", AttemptKeeper.class);
            SENDER = lookup.findVarHandle(AttemptFuture.class, "sender", Object.class);
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
