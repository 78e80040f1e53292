// SPDX-License-Identifier: Apache-2.0
/**
 * The cluster that a command uses: the keys by which it connects ({@link io.kurier.cli.cluster.ClusterKeys}), and the
 * serializer that the options for a topic name ({@link io.kurier.cli.cluster.TopicOptions}, {@link
 * io.kurier.cli.cluster.NamedSerializer}).
 */
@NullMarked
package io.kurier.cli.cluster;

import org.jspecify.annotations.NullMarked;
