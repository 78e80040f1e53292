// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import java.net.URL;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Names the jars and folders of classes for people: a jar by its name, a folder by its path. */
final class Origins {
    private static final String IN_JAR = "!/";
    private static final String META_INF = "META-INF/";

    private Origins() {}

    /** Returns the name of a location that classes are loaded from. */
    static String ofLocation(URL location) {
        return name(location.getPath());
    }

    /** Returns the name of the location that a file under {@code META-INF} is in. */
    static String ofFile(URL file) {
        String path = file.getPath();
        int inJar = path.lastIndexOf(IN_JAR);
        return name(path.substring(0, inJar < 0 ? path.lastIndexOf(META_INF) : inJar));
    }

    private static String name(String path) {
        String name = path.endsWith("/") ? path : path.substring(path.lastIndexOf('/') + 1);
        return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
