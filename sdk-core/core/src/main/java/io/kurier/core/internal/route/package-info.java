// SPDX-License-Identifier: Apache-2.0
/**
 * How a topic's messages become records.
 *
 * <p>A {@link io.kurier.core.internal.route.Route} holds what configuration and plugins say of one topic: serializers, guards,
 * partitioner. {@link io.kurier.core.internal.route.RouteBuilder} makes all of them at the start, reporting every wrong plugin
 * key at once; after that {@link io.kurier.core.internal.route.Routes} never changes, and nothing is looked up by reflection on
 * a message's way.
 */
@NullMarked
package io.kurier.core.internal.route;

import org.jspecify.annotations.NullMarked;
