// SPDX-License-Identifier: Apache-2.0
package io.kurier.partitioners;

/** Implemented by a partitioner that needs what only a publisher has, so that a plain producer cannot use it. */
interface PublisherOnly {

    /** Returns what it needs, for an error. */
    String need();
}
