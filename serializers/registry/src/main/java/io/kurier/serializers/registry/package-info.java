// SPDX-License-Identifier: Apache-2.0
/**
 * The schema source {@code registry}: schemas and their ids from a schema registry with Confluent's HTTP interface.
 */
@NullMarked
package io.kurier.serializers.registry;

import org.jspecify.annotations.NullMarked;
