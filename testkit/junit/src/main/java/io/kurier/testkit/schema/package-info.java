// SPDX-License-Identifier: Apache-2.0
/**
 * Compatibility of schemas, as an assertion of a unit test.
 *
 * <p>The schemas of released versions are kept beside the current one, and one test compares them:
 *
 * <pre>{@code
 * @Test
 * void consumersCanReadTheNewOrders() throws IOException {
 *     SchemaCompatibility.avro(text("order-v1.avsc"), text("order-v2.avsc")).backward(text("order.avsc"));
 * }
 * }</pre>
 *
 * <p>A failure names the version, the direction, the field and the rule:
 *
 * <pre>{@code
 * not backward compatible with version 1 of 2: a reader with the new schema has to read what that version wrote
 *   com.example.Order.total: READER_FIELD_MISSING_DEFAULT_VALUE: the writer does not have the field total, and the
 *   reader has no default for it
 * }</pre>
 *
 * <p>{@link io.kurier.testkit.schema.SchemaCompatibility} does this for Avro, Protobuf and JSON Schema.
 */
@NullMarked
package io.kurier.testkit.schema;

import org.jspecify.annotations.NullMarked;
