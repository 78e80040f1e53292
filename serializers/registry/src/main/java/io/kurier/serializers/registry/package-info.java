// SPDX-License-Identifier: Apache-2.0
/**
 * The schema source {@code registry}: schemas and their ids from a schema registry with Confluent's HTTP interface.
 *
 * <p>In a publisher's configuration, for any framing that writes ids:
 *
 * <pre>{@code
 * topics.orders.value.serializer=avro
 * topics.orders.value.serializer.framing=confluent
 * topics.orders.value.serializer.framing.confluent.schemas=registry
 * topics.orders.value.serializer.framing.confluent.schema.registry.url=https://registry:8081
 * }</pre>
 *
 * <ul>
 *   <li>The id is that of the version that equals the serializer's schema; {@code auto.register.schemas}, {@code
 *       use.latest.version} and {@code use.schema.id} change that.
 *   <li>A schema is asked for once and kept, so a registry that is down later fails no record. No thread waits for it.
 *   <li>{@code schemas=registry,file} uses a file's ids while the registry is down, {@code schemas=file,registry} needs
 *       no request. Both compare the ids when the registry answers, and a difference stops the topic.
 *   <li>A schema with a rule that would have to run is refused, unless {@code ignored.rules} names the rule.
 * </ul>
 */
@NullMarked
package io.kurier.serializers.registry;

import org.jspecify.annotations.NullMarked;
