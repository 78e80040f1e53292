// SPDX-License-Identifier: Apache-2.0
/**
 * The conversion of a topic's messages to records.
 *
 * <p>A {@link io.kurier.core.internal.route.Route} holds the result of configuration and plugins for one topic:
 * serializers, guards, partitioner. {@link io.kurier.core.internal.route.RouteBuilder} creates all of them at the
 * start, and reports all wrong plugin keys at once; after that {@link io.kurier.core.internal.route.Routes} never
 * changes, and nothing is looked up by reflection for a message.
 */
@NullMarked
package io.kurier.core.internal.route;

import org.jspecify.annotations.NullMarked;
