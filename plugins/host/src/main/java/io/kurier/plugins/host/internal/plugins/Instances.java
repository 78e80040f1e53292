// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.plugins;

import io.kurier.StartException;
import io.kurier.core.internal.errors.ThrowableText;
import java.lang.reflect.InvocationTargetException;

/** Creates connectors and tasks as Connect does: by their public constructor without parameters. */
public final class Instances {
    private Instances() {}

    /**
     * Creates an instance.
     *
     * @param connector the name of the connector, for errors
     * @throws StartException if there is no such constructor, or it fails
     */
    public static <T> T create(String connector, Class<? extends T> type) {
        try {
            return type.getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            Throwable why = e.getCause() == null ? e : e.getCause();
            throw new StartException(
                    "connector " + connector + ": the constructor of " + type.getName() + " failed: "
                            + ThrowableText.of(why),
                    ThrowableText.loggable(why));
        } catch (ReflectiveOperationException e) {
            throw new StartException(
                    "connector " + connector + ": " + type.getName()
                            + " has no public constructor without parameters that can be called (" + e + ")",
                    e);
        } catch (LinkageError e) {
            throw new StartException(
                    "connector " + connector + ": " + type.getName() + " cannot be used: " + ThrowableText.of(e)
                            + ". Is a jar missing on the class path?",
                    e);
        }
    }
}
