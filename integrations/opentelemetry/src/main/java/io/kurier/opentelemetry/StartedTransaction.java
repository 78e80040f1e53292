// SPDX-License-Identifier: Apache-2.0
package io.kurier.opentelemetry;

import io.kurier.TransactionException;
import io.kurier.spi.TransactionSpan;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextStorage;

/** The span of a transaction. Its callback also gets the rest of the caller's context, such as the baggage. */
final class StartedTransaction implements TransactionSpan {
    private final Span span;
    private final Context context;

    /**
     * Makes one of a span that is started.
     *
     * @param context the caller's with the span
     */
    StartedTransaction(Span span, Context context) {
        this.span = span;
        this.context = context;
    }

    @Override
    public Scope activate() {
        io.opentelemetry.context.Scope scope = ContextStorage.get().attach(context); // as makeCurrent does
        return scope::close;
    }

    @Override
    public void committed() {
        span.end();
    }

    /** Sets no description and records no exception: messages of exceptions can quote a payload. */
    @Override
    public void failed(TransactionException failure) {
        span.setStatus(StatusCode.ERROR);
        span.setAttribute(Conventions.ERROR_TYPE, Conventions.errorType(failure));
        span.setAttribute(Conventions.OUTCOME, failure.outcome().name());
        span.end();
    }
}
