// SPDX-License-Identifier: Apache-2.0
/**
 * The framings of Confluent and Apicurio for every format, and schemas without a server. A framing says which schema
 * wrote a record; these do it by the id that a schema registry has given the schema.
 *
 * <p>In a publisher's configuration, with a folder of schemas and their ids:
 *
 * <pre>{@code
 * topics.orders.value.serializer=avro
 * topics.orders.value.serializer.framing=confluent
 * topics.orders.value.serializer.framing.confluent.schemas=file
 * topics.orders.value.serializer.framing.confluent.schemas.folder=schemas
 * }</pre>
 *
 * <p>{@code schemas/ids.properties} has a line for each schema, with the number that the registry has given it: {@code
 * 100001=order.avsc}. In a plain Kafka client the keys begin with {@code value.avro.framing}.
 *
 * <ul>
 *   <li>{@code confluent} writes the number before the payload, {@code confluent-header} the GUID into a header, {@code
 *       apicurio} Apicurio's content id; {@code detect} only reads, and guesses the framing of each record.
 *   <li>Schema sources: {@code file} and {@code classpath} (a folder with {@code ids.properties}), {@code content} (the
 *       GUID is computed), and those of other modules, such as {@code
 *       registry} of kurier-registry: {@link io.kurier.serializers.framings.SchemaSourcePlugin}.
 *   <li>A record's schema is found by its whole text, never by its name: Avro and JSON Schema as JSON, Protobuf by its
 *       descriptor.
 *   <li>Without {@code schemas} nothing can be written. A reader takes the frame off, and has to know the schema.
 * </ul>
 */
@NullMarked
package io.kurier.serializers.framings;

import org.jspecify.annotations.NullMarked;
