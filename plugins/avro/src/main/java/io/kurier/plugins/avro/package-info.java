// SPDX-License-Identifier: Apache-2.0
/**
 * A Kafka Connect source connector that publishes the records of Avro container files ({@code *.avro}).
 *
 * <pre>
 * connector.class=io.kurier.plugins.avro.AvroSourceConnector
 * topic=orders
 * path=/data/orders
 * key=field:customer
 * </pre>
 *
 * <p>The value is a {@code GenericRecord} without Connect schema, in the schema of its file or of its branch of a union
 * of records. Kurier's serializer {@code avro} writes it; Connect's own converters do not accept it. A value that is
 * not a record is published as the field {@code value} of the record {@code io.kurier.avro.Value}. Names and defaults
 * are not checked against the specification. Avro's own reader of container files does not check them, and neither does
 * Kurier's Avro deserializer, which reads the published records with the schema of the file.
 *
 * <ul>
 *   <li>All codecs of the specification: null, deflate, bzip2, xz, snappy, zstandard. Files of a codec whose library is
 *       missing are refused.
 *   <li>A block is all or nothing. It is published if its sync marker is at its end, it can be decompressed, and it
 *       holds exactly the records it claims. Otherwise it is rejected with its position and the number of records, and
 *       reading continues behind the next sync marker. Codecs without a checksum (null, deflate, zstandard as most
 *       writers use it) cannot detect a changed byte within a value.
 *   <li>A file that grows by whole blocks is read as it grows. A file that ends within a block is reported when it has
 *       not changed for {@code scan.interval.ms}; reading continues when it has grown.
 *   <li>A block may have 64 times {@code max.record.bytes}, compressed and uncompressed. A record above
 *       {@code max.record.bytes} is rejected alone. In addition a record takes memory for its objects, up to some fifty
 *       bytes for one byte of the file. Schemas beyond 4 MiB, or with more than 65,536 fields in one record, are
 *       refused: small files could keep the reader busy for ever.
 * </ul>
 *
 * <p>With {@code key=field:NAME} the text of that top-level field is the key (schema STRING) and stays in the value: a
 * string, a number, a boolean, an enum's symbol. A record without the field, or with null in it, has no key; a record in
 * which it is of another type is rejected, and a file whose schema does not have the field is refused.
 *
 * <p>The source offset is the start of a block in bytes, {@code position}, and the number of its records that were
 * read, {@code item}. The keys that all file connectors share are described in {@code io.kurier.plugins.files}.
 */
@NullMarked
package io.kurier.plugins.avro;

import org.jspecify.annotations.NullMarked;
