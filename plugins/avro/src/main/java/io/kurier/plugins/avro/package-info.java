// SPDX-License-Identifier: Apache-2.0
/**
 * A Kafka Connect source connector that publishes the records of Avro container files ({@code *.avro}).
 *
 * <pre>
 * connector.class=io.kurier.plugins.avro.AvroSourceConnector
 * topic=orders
 * path=/data/orders
 * key.field=customer
 * </pre>
 *
 * <p>The value is a {@code GenericRecord} in the schema of its file, or of its branch of a union of records, without
 * Connect schema: Kurier's serializer {@code avro} writes it; Connect's own converters do not take it. A value that is no
 * record is published as the field {@code value} of the record {@code io.kurier.avro.Value}. Names and defaults are not
 * held against the specification, as Avro's own reader of container files does not, and neither does Kurier's Avro
 * deserializer, which reads what was published with the schema of the file.
 *
 * <ul>
 *   <li>All codecs of the specification: null, deflate, bzip2, xz, snappy, zstandard. Without the library of one, files
 *       of that codec are refused.
 *   <li>A block is all or nothing. It is published if its sync marker stands at its end, it can be decompressed, and it
 *       holds exactly the records it claims; else it is rejected with its position and the number of records, and
 *       reading goes on behind the next sync marker. Codecs without a checksum (null, deflate, zstandard as most write
 *       it) cannot tell a changed byte within a value.
 *   <li>A file that grows by whole blocks is read as it grows. One that ends within a block is told when it has not
 *       changed for {@code scan.interval.ms}, and read on when it has.
 *   <li>A block may have 64 times {@code max.record.bytes}, compressed and not. A record above {@code max.record.bytes}
 *       is rejected alone.
 *       Beside that a record takes memory for its objects, up to some fifty bytes for one of the file. Schemas beyond 4 MiB,
 *       or with more than 65,536 fields in one record, are refused: small files could keep the reader busy for ever.
 * </ul>
 *
 * <p>With {@code key.field} the string in that field is the key (schema STRING) and stays in the value. A record without
 * the field, or with null in it, has no key; one in which it is not a string is rejected.
 *
 * <p>The source offset is the start of a block in bytes, {@code position}, and how many of its records were read,
 * {@code item}. Keys that all file connectors share are told in {@code io.kurier.plugins.files}.
 */
@NullMarked
package io.kurier.plugins.avro;

import org.jspecify.annotations.NullMarked;
