// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.plugins;

import io.kurier.StartException;
import io.kurier.core.internal.errors.ThrowableText;
import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

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
        return create("connector " + connector, type, null);
    }

    /**
     * Creates an instance of a class of a source.
     *
     * @param where the connector, for errors
     * @param source null if it is not known
     */
    static <T> T create(String where, Class<? extends T> type, @Nullable PluginSource source) {
        try (ConnectPlugins.Scope scope = source == null ? ConnectPlugins.Scope.NONE : source.enter()) {
            return type.getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            Throwable why = e.getCause() == null ? e : e.getCause();
            throw new StartException(
                    where + ": the constructor of " + type.getName() + " failed: " + ThrowableText.of(why)
                            + conflict(source, why, ""),
                    ThrowableText.loggable(why));
        } catch (ReflectiveOperationException e) {
            throw new StartException(
                    where + ": " + type.getName() + " has no public constructor without parameters that can be called ("
                            + e + ")",
                    e);
        } catch (LinkageError e) {
            throw new StartException(
                    where + ": " + type.getName() + " cannot be used: " + ThrowableText.of(e)
                            + conflict(source, e, ". Is a jar missing on the class path?"),
                    e);
        }
    }

    private static String conflict(@Nullable PluginSource source, Throwable thrown, String otherwise) {
        String conflict =
                source == null || source.folder() == null ? null : JarConflict.explain(source.folder(), thrown);
        return conflict == null ? otherwise : ". " + conflict;
    }
}
