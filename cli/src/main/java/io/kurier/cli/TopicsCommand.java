// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.kurier.core.internal.topics.ClusterTopics;
import io.kurier.core.internal.topics.TopicSummary;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kurier topics}: the topics of a cluster. */
@Command(
        name = "topics",
        description = {
            "Lists the topics of a cluster: partitions, replication factor, size on disk.",
            "The size is that of all replicas; it is - where the principal may not see it, which needs DESCRIBE on the"
                    + " cluster."
        })
final class TopicsCommand implements Callable<Integer> {
    private static final String UNKNOWN = "-";

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(names = "--internal", description = "List the topics too that the cluster uses for itself.")
    private boolean internal;

    @Option(names = "--json", description = "Print one JSON array instead, of an object for each topic.")
    private boolean json;

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        List<TopicSummary> topics = ClusterTopics.list(cluster.keys().config(), internal);
        if (json) {
            command.getOut().println(json(topics));
            return 0;
        }
        if (topics.isEmpty()) {
            command.getErr().println("kurier: the cluster has no topic that this principal may see");
            return 0;
        }
        Table table = new Table("topic", "partitions", "replicas", "size");
        for (TopicSummary topic : topics) {
            table.row(
                    topic.name(),
                    Sizes.count(topic.partitions()),
                    Sizes.count(topic.replicas()),
                    topic.bytes() == null ? UNKNOWN : Sizes.of(topic.bytes()));
        }
        table.print(command.getOut());
        return 0;
    }

    private static String json(List<TopicSummary> topics) {
        ArrayNode array = new ObjectMapper().createArrayNode();
        for (TopicSummary topic : topics) {
            array.addObject()
                    .put("topic", topic.name())
                    .put("partitions", topic.partitions())
                    .put("replicas", topic.replicas())
                    .put("bytes", topic.bytes())
                    .put("internal", topic.internal());
        }
        return array.toString();
    }
}
