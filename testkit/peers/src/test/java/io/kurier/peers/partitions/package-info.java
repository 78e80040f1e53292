// SPDX-License-Identifier: Apache-2.0
/** Kurier's partitioners beside the clients that they are named after: the real ones, with equal keys. */
@NullMarked
package io.kurier.peers.partitions;

import org.jspecify.annotations.NullMarked;
