// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

import io.kurier.StartException;
import java.lang.reflect.InvocationTargetException;

/** Makes connectors and tasks the way Connect does: by their public constructor without parameters. */
final class Instances {
    private Instances() {}

    static <T> T create(Class<? extends T> type) {
        try {
            return type.getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            throw new StartException(type.getName() + ": its constructor failed: " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new StartException(
                    type.getName() + ": it has no public constructor without parameters (" + e + ")", e);
        }
    }
}
