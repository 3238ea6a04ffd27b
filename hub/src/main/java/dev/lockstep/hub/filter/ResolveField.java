package dev.lockstep.hub.filter;

import java.util.Collection;
import java.util.List;

/** Finds the field at a path, or says which of its names is wrong and what is near. */
final class ResolveField {
  private ResolveField() {}

  static FilterField of(String parameter, Fields fields, FieldPath path) {
    return fields.find(path.segments()).orElseThrow(() -> unknown(parameter, fields, path));
  }

  private static FilterFault unknown(String parameter, Fields fields, FieldPath path) {
    List<String> segments = path.segments();
    for (int i = 0; i < segments.size(); i++) {
      Collection<String> names = fields.names(segments.subList(0, i));
      if (i > 0 && names.isEmpty()) {
        return new FilterFault(
            parameter,
            path.columns().get(i - 1),
            FilterFault.quoted(segments.get(i - 1)) + " is no relationship",
            "write no / behind it");
      }
      if (!names.contains(segments.get(i))) {
        return new FilterFault(
            parameter,
            path.columns().get(i),
            "there is no field " + FilterFault.quoted(segments.get(i)),
            NearName.remedy(segments.get(i), names));
      }
    }
    return new FilterFault(
        parameter,
        path.columns().getLast(),
        FilterFault.quoted(path.toString()) + " is a relationship, not a field",
        "write one of its fields behind it: " + path.shown() + "/…");
  }
}
