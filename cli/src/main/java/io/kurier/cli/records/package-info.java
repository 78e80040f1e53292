// SPDX-License-Identifier: Apache-2.0
/**
 * Records as JSON: the objects that {@code kurier read --json} prints, and {@code kurier publish --records} reads.
 *
 * <p>{@link io.kurier.cli.records.RecordJson} defines the object of a record, and {@link
 * io.kurier.cli.records.ByteText} how bytes are represented in it without loss. {@link
 * io.kurier.cli.records.ValueJson} converts what deserializers return; for Avro and Protobuf {@link
 * io.kurier.cli.records.AvroInput} and {@link io.kurier.cli.records.ProtobufInput} are its inverse.
 */
@NullMarked
package io.kurier.cli.records;

import org.jspecify.annotations.NullMarked;
