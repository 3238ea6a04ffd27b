/**
 * The REST APIs of Liferay for objects, to the letter where they are known: definitions under
 * {@code /o/object-admin/v1.0}, picklists under {@code /o/headless-admin-list-type/v1.0}, entries
 * under {@code /o/c}.
 */
@NullMarked
package dev.lockstep.hub.liferay;

import org.jspecify.annotations.NullMarked;
