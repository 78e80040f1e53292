// SPDX-License-Identifier: Apache-2.0
package io.kurier.broker;

import java.security.SecureRandom;
import java.util.Base64;

/** Generates passwords that do not have to be remembered. */
final class Password {
    private static final int BYTES = 24;

    private Password() {}

    static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
