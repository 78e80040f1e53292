// SPDX-License-Identifier: Apache-2.0
package io.kurier.site;

import java.util.List;

/** Says which links lead nowhere, all of them at once. */
final class DeadLinksException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DeadLinksException(List<String> problems) {
        super(problems.size() + (problems.size() == 1 ? " problem" : " problems")
                + " with the links of the documentation:\n  " + String.join("\n  ", problems));
    }
}
