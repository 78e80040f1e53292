// SPDX-License-Identifier: Apache-2.0
package io.kurier.guards.internal;

import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.daead.DeterministicAeadConfig;
import com.google.crypto.tink.daead.PredefinedDeterministicAeadParameters;
import com.google.crypto.tink.signature.PredefinedSignatureParameters;
import com.google.crypto.tink.signature.SignatureConfig;
import java.security.GeneralSecurityException;

/** What the keys of a keyset are for. */
public enum KeyKind {
    /** They wrap data keys: AES-256-GCM. */
    ENCRYPTION(PredefinedAeadParameters.AES256_GCM),
    /** They encrypt record keys so that equal ones stay equal: AES-256-SIV. */
    RECORD_KEYS(PredefinedDeterministicAeadParameters.AES256_SIV),
    /** They sign records: Ed25519. */
    SIGNATURES(PredefinedSignatureParameters.ED25519);

    private final Parameters parameters;

    KeyKind(Parameters parameters) {
        this.parameters = parameters;
    }

    /** Returns what a new key is made from. */
    Parameters parameters() {
        return parameters;
    }

    /** Makes Tink know all kinds; it may be called often. */
    static void register() throws GeneralSecurityException {
        AeadConfig.register();
        DeterministicAeadConfig.register();
        SignatureConfig.register();
    }
}
