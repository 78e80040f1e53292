// SPDX-License-Identifier: Apache-2.0
package io.kurier.promises;

import io.kurier.broker.LocalBroker;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A broker as a program: it takes a port, a directory and properties as {@code key=value}, and says when it is ready. */
final class BrokerChild {
    static final String PORT = "port";

    private BrokerChild() {}

    public static void main(String[] args) throws Exception {
        Parent parent = Parent.connect();
        LocalBroker.Builder builder =
                LocalBroker.builder().port(Integer.parseInt(args[0])).directory(Path.of(args[1]));
        for (String property : List.of(args).subList(2, args.length)) {
            String[] pair = property.split("=", 2);
            builder.property(pair[0], pair[1]);
        }
        parent.say(PORT, builder.start().port());
        new CountDownLatch(1).await();
    }
}
