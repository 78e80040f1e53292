// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.NotControllerException;
import org.apache.kafka.common.message.AlterUserScramCredentialsRequestData;
import org.apache.kafka.common.message.AlterUserScramCredentialsRequestData.ScramCredentialUpsertion;
import org.apache.kafka.common.message.AlterUserScramCredentialsResponseData;
import org.apache.kafka.common.message.AlterUserScramCredentialsResponseData.AlterUserScramCredentialsResult;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.security.scram.internals.ScramFormatter;
import org.apache.kafka.common.security.scram.internals.ScramMechanism;
import org.apache.kafka.controller.Controller;
import org.apache.kafka.controller.ControllerRequestContext;

/**
 * Stores users where Kafka keeps them, in the cluster's metadata, at every start and not only when the directory is
 * formatted: a kept directory may have other passwords, or no users yet.
 *
 * <p>The request goes to the controller before the broker half starts. The broker reads the metadata up to its own
 * registration before it serves clients, so no client, not even one that waits for the port, can arrive before its
 * password.
 */
final class ScramUsers {
    private static final ScramMechanism MECHANISM = ScramMechanism.forMechanismName(Security.MECHANISM);
    private static final long RETRY_MS = 2;

    private ScramUsers() {}

    /**
     * Stores the users and returns when the metadata hold them. An interrupt ends it.
     *
     * @param users passwords by names
     */
    static void store(Controller controller, Map<String, String> users) throws Exception {
        AlterUserScramCredentialsRequestData request = new AlterUserScramCredentialsRequestData();
        for (Map.Entry<String, String> user : users.entrySet()) {
            request.upsertions().add(credential(user.getKey(), user.getValue()));
        }
        for (AlterUserScramCredentialsResult result : ask(controller, request).results()) {
            if (result.errorCode() != 0) {
                throw new BrokerStartException(
                        "Kafka does not accept the user " + result.user() + ": " + result.errorMessage(), null);
            }
        }
    }

    private static ScramCredentialUpsertion credential(String user, String password) throws GeneralSecurityException {
        ScramFormatter formatter = new ScramFormatter(MECHANISM);
        byte[] salt = formatter.secureRandomBytes();
        int iterations = MECHANISM.minIterations();
        return new ScramCredentialUpsertion()
                .setName(user)
                .setMechanism(org.apache.kafka.clients.admin.ScramMechanism.SCRAM_SHA_512.type())
                .setSalt(salt)
                .setIterations(iterations)
                .setSaltedPassword(formatter.saltedPassword(password, salt, iterations));
    }

    private static AlterUserScramCredentialsResponseData ask(
            Controller controller, AlterUserScramCredentialsRequestData request) throws Exception {
        KafkaPrincipal broker = new KafkaPrincipal(KafkaPrincipal.USER_TYPE, Security.INSIDER);
        while (true) {
            try {
                return controller
                        .alterUserScramCredentials(
                                new ControllerRequestContext(new RequestHeaderData(), broker, OptionalLong.empty()),
                                request)
                        .get();
            } catch (ExecutionException e) {
                // It has started, but has not elected itself yet. The time limit of the whole start interrupts this.
                if (!(e.getCause() instanceof NotControllerException)) {
                    throw e;
                }
                Thread.sleep(RETRY_MS);
            }
        }
    }
}
