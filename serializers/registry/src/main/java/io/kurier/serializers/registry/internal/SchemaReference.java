// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

/**
 * A schema that another one refers to.
 *
 * @param name the name by which the schema refers to it: a full name of Avro, a URI of JSON Schema, the path of a
 *     Protobuf import
 * @param subject the subject under which it is registered
 * @param version its version there, counted from 1
 */
public record SchemaReference(String name, String subject, int version) {}
