// SPDX-License-Identifier: Apache-2.0
/**
 * JMH's measurements of Kurier's serializers beside Apicurio's, which write the same objects with the id of the same
 * schema. Both sides have asked their registry before the first measured call, and ask nothing in it.
 */
@NullMarked
package io.kurier.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
