package dev.lockstep.hub.batch;

import java.util.LinkedHashMap;
import java.util.Map;

/** Which class name the items have that are sent to an entity's own {@code /batch}. */
public final class EntityClasses {
  private static final Map<String, String> BY_PATH = new LinkedHashMap<>();

  static {
    String admin = "com.liferay.object.admin.rest.dto.v1_0.";
    add("/object-admin/v1.0/object-definitions", admin + "ObjectDefinition");
    add("/object-admin/v1.0/object-folders", admin + "ObjectFolder");
    add("/object-admin/v1.0/object-fields", admin + "ObjectField");
    add("/object-admin/v1.0/object-relationships", admin + "ObjectRelationship");
    add("/object-admin/v1.0/object-actions", admin + "ObjectAction");
    add("/object-admin/v1.0/object-validation-rules", admin + "ObjectValidationRule");
    add("/object-admin/v1.0/object-layouts", admin + "ObjectLayout");
    add("/object-admin/v1.0/object-views", admin + "ObjectView");
    add(
        "/headless-admin-list-type/v1.0/list-type-definitions",
        "com.liferay.headless.admin.list.type.dto.v1_0.ListTypeDefinition");
    add(
        "/headless-admin-list-type/v1.0/list-type-entries",
        "com.liferay.headless.admin.list.type.dto.v1_0.ListTypeEntry");
    add(
        "/notification/v1.0/notification-templates",
        "com.liferay.notification.rest.dto.v1_0.NotificationTemplate");
    add("/headless-admin-user/v1.0/accounts", "com.liferay.headless.admin.user.dto.v1_0.Account");
    add("/headless-admin-user/v1.0/roles", "com.liferay.headless.admin.user.dto.v1_0.Role");
    add(
        "/headless-admin-user/v1.0/user-accounts",
        "com.liferay.headless.admin.user.dto.v1_0.UserAccount");
    add(
        "/headless-admin-workflow/v1.0/workflow-definitions",
        "com.liferay.headless.admin.workflow.dto.v1_0.WorkflowDefinition");
    add(
        "/dispatch-rest/v1.0/dispatch-triggers",
        "com.liferay.dispatch.rest.dto.v1_0.DispatchTrigger");
  }

  private EntityClasses() {}

  private static void add(String path, String className) {
    BY_PATH.put(path, className);
  }

  /** Class names by the paths of their entities below /o. */
  public static Map<String, String> byPath() {
    return BY_PATH;
  }
}
