// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.Printable;
import io.kurier.core.internal.errors.ThrowableText;
import org.apache.kafka.connect.source.SourceRecord;

/** Says which record it was that failed: by its position in the source, since its content may be confidential. */
final class RecordFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Throwable reason;

    RecordFailedException(SourceRecord record, Throwable reason) {
        super(
                "the record at " + Printable.brief(record.sourcePartition() + " " + record.sourceOffset()) + ": "
                        + ThrowableText.reason(reason),
                reason);
        this.reason = reason;
    }

    /** Returns why it failed. */
    Throwable reason() {
        return reason;
    }
}
