// SPDX-License-Identifier: Apache-2.0
/**
 * Avro values, by default in single-object encoding: C3 01, the eight bytes of the schema's fingerprint, the value. The
 * bytes before a value are its framing; the key {@code framing} chooses another one, or {@code none}.
 *
 * <p>In a publisher's configuration: {@code topics.orders.value.serializer=avro}. Generic records, and classes that
 * Avro has generated, are written with their own schema; {@code ...value.serializer.schema=order.avsc} declares the only
 * one, and so does a class as the topic's declared type: a generated one, a plain class or Java record (by Avro's
 * reflect model), or the class of a primitive type. A file may also have the schema of an array, a map, an enum, a
 * fixed or a union. Null stays null (a tombstone).
 *
 * <p>Without a publisher:
 *
 * <pre>{@code
 * var producer = new KafkaProducer<>(config, new StringSerializer(), new AvroSerializer<Order>());
 * var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new AvroDeserializer<>(Order.class));
 * var articles = new KafkaProducer<>(config, new StringSerializer(), new AvroSerializer<>(Article.class));
 * }</pre>
 *
 * <p>Details:
 *
 * <ul>
 *   <li>A reader must have the schema that a record was written with: that of the class, or one of {@code schemas}. A
 *       generated class is read by the rules of schema resolution, so older schemas of it are enough; a generic
 *       record has the schema that it was written with.
 *   <li>A record of another schema than the declared one is written under the declared one by schema resolution, if that
 *       loses nothing: a field that would be dropped or has no default, a number that may be rounded and a symbol that
 *       is missing refuse the record. Avro itself writes by position, and a field would get another field's value.
 *   <li>A plain class is written in the order of its fields' names, and under a file's schema by the names alone. Fields
 *       that may be null are annotated with {@code org.apache.avro.reflect.Nullable}, or all may be with the key {@code
 *       reflect.nullable}. It is read by a constructor without parameters, and a Java record by its own.
 *   <li>Logical types: a generated class has {@code Instant}, {@code BigDecimal} and so on. A generic record may be
 *       written with either those or the plain types, and is read with the plain ones. An {@code Instant} or a time
 *       of day is truncated to the unit of its logical type, as in generated classes.
 *   <li>Neither a fingerprint nor schema resolution detects a change of milliseconds to microseconds, or of a decimal's
 *       scale. If both schemas are available, that is refused at the start; if only one is, wrong values are read. So
 *       a field that changes its logical type needs a new name.
 *   <li>Values that Avro's own writer silently changes are refused: a {@code long} in an {@code int} field that it does
 *       not fit, a fixed value of another length, an unpaired surrogate in a text or a key, a constant of an enum
 *       that the schema does not have, a record within a record whose fields have another order, a value of a subclass
 *       of a plain class with more fields.
 *   <li>A generated class is read without naming it in {@code org.apache.avro.SERIALIZABLE_PACKAGES}, which Avro
 *       requires since 1.12.2: only the class that code or configuration names, and those that its own schema names,
 *       are created, and for a plain class those of its fields. The property {@code java-class} of a schema that comes
 *       with the data is not followed.
 *   <li>What belongs to a schema is kept by the identity of its object and by its text, for 1,000 schemas at most, so
 *       that a new schema for each record does not fill the heap.
 *   <li>As a key, a map is written in the order of its keys: equal keys must be equal bytes to be in one partition.
 *   <li>A few bytes can fill the heap or the stack: empty maps, items without bytes, types that contain themselves. The
 *       memory of a record is estimated before it is read, and limited, as is its depth ({@code max.expansion},
 *       {@code max.depth}); records whose schema and size show that they cannot exceed a limit are not checked. A
 *       serializer refuses records that exceed the same limits.
 *   <li>An error names the type and the place and never shows a value. Avro's messages quote them, so they are
 *       withheld; its stack trace is kept.
 * </ul>
 */
@NullMarked
package io.kurier.serializers.avro;

import org.jspecify.annotations.NullMarked;
