// SPDX-License-Identifier: Apache-2.0
/**
 * The guard {@code protovalidate}: the rules that a {@code .proto} file declares for its messages, checked on each
 * record before it is sent.
 *
 * <pre>{@code
 * import "buf/validate/validate.proto";
 *
 * message Order {
 *   string id = 1 [(buf.validate.field).string.pattern = "^O-[0-9]+$"];
 * }
 * }</pre>
 *
 * <p>In a publisher's configuration:
 *
 * <pre>{@code
 * topics.orders.value.serializer=protobuf
 * topics.orders.guards=protovalidate
 * }</pre>
 *
 * <p>Details:
 *
 * <ul>
 *   <li>The message type is the declared class, or that of a descriptor set (keys {@code descriptor} and {@code
 *       message}), which may have rules that the class does not have.
 *   <li>All rules are compiled at the start, and one that is wrong stops it.
 *   <li>The payload is read behind the frame of any framing that the serializer has, within the limits of the
 *       serializer.
 *   <li>A refusal names fields and rules, and no values.
 * </ul>
 */
@NullMarked
package io.kurier.serializers.protovalidate;

import org.jspecify.annotations.NullMarked;
