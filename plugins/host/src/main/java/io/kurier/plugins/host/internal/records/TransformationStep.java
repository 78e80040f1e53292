// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.records;

import io.kurier.plugins.host.internal.records.RecordException.Stage;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.apache.kafka.connect.transforms.predicates.Predicate;
import org.jspecify.annotations.Nullable;

/** One transformation of a task's records, with the predicate that decides to which records it applies (KIP-585). */
final class TransformationStep implements AutoCloseable {
    private final ConfiguredPlugin<Transformation<SourceRecord>> transformation;
    private final @Nullable ConfiguredPlugin<Predicate<SourceRecord>> predicate;
    private final boolean negated;
    private final PluginCalls calls;

    /**
     * What the properties say of a step.
     *
     * @param predicate null if it applies to every record
     * @param negated whether it applies to the records that do not match
     */
    record Spec(
            PluginSpec<Transformation<SourceRecord>> transformation,
            @Nullable PluginSpec<Predicate<SourceRecord>> predicate,
            boolean negated) {}

    /**
     * Creates the instances of a task.
     *
     * @throws io.kurier.StartException if one cannot be created
     */
    TransformationStep(Spec spec, PluginCalls calls) {
        this.calls = calls;
        this.negated = spec.negated();
        PluginSpec<Predicate<SourceRecord>> condition = spec.predicate();
        this.predicate = condition == null ? null : condition.create();
        try {
            this.transformation = spec.transformation().create();
        } catch (Throwable e) {
            closePredicate();
            throw e;
        }
    }

    /** Returns the transformed record, or the record itself if this does not apply to it; null to leave it out. */
    @Nullable
    SourceRecord apply(SourceRecord record) throws RecordException, InterruptedException {
        ConfiguredPlugin<Predicate<SourceRecord>> condition = predicate;
        if (condition != null) {
            boolean matches = calls.call(
                    Stage.TRANSFORMATION,
                    condition,
                    record,
                    () -> condition.object().test(record));
            if (matches == negated) {
                return record;
            }
        }
        return calls.<Transformation<SourceRecord>, @Nullable SourceRecord>call(
                Stage.TRANSFORMATION,
                transformation,
                record,
                () -> transformation.object().apply(record));
    }

    /** Returns the class of the transformation. */
    Class<?> type() {
        return transformation.object().getClass();
    }

    @Override
    public void close() {
        transformation.close();
        closePredicate();
    }

    private void closePredicate() {
        if (predicate != null) {
            predicate.close();
        }
    }
}
