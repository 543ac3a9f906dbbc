package dev.fleetmend.protocol.json;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A record class taken apart: its members in order, what stands for absent ones, its maker. */
final class RecordShape {
  /** One component. */
  record Member(String name, Type type, Method accessor) {
    @Nullable Object get(Record value) {
      try {
        return accessor.invoke(value);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("cannot read " + accessor, e);
      }
    }
  }

  private final List<Member> members;
  private final @Nullable Object[] absent;
  private final Constructor<?> constructor;

  private RecordShape(List<Member> members, @Nullable Object[] absent, Constructor<?> constructor) {
    this.members = members;
    this.absent = absent;
    this.constructor = constructor;
  }

  static RecordShape reflect(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    List<Member> members = new ArrayList<>();
    @Nullable Object[] absent = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      RecordComponent component = components[i];
      Method accessor = component.getAccessor();
      accessor.setAccessible(true);
      members.add(new Member(component.getName(), component.getGenericType(), accessor));
      absent[i] = absent(component);
    }
    try {
      Constructor<?> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return new RecordShape(List.copyOf(members), absent, constructor);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("a record without its canonical constructor: " + type, e);
    }
  }

  private static @Nullable Object absent(RecordComponent component) {
    Class<?> type = component.getType();
    if (component.getGenericType() instanceof ParameterizedType) {
      return type == Map.class ? Map.of() : List.of();
    }
    if (type == boolean.class) {
      return false;
    }
    if (type == int.class) {
      return 0;
    }
    if (type == long.class) {
      return 0L;
    }
    if (type == double.class) {
      return 0.0;
    }
    return type == String.class && !nullable(component) ? "" : null;
  }

  /** By name, since the annotation's class itself is not on a node. */
  private static boolean nullable(RecordComponent component) {
    return component
        .getAnnotatedType()
        .isAnnotationPresent(org.jspecify.annotations.Nullable.class);
  }

  List<Member> members() {
    return members;
  }

  @Nullable Object[] absent() {
    return absent.clone();
  }

  int indexOf(String jsonName, Naming naming) {
    for (int i = 0; i < members.size(); i++) {
      if (naming.member(members.get(i).name()).equals(jsonName)) {
        return i;
      }
    }
    return -1;
  }

  Record create(@Nullable Object[] values) {
    try {
      return (Record) constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new MalformedJsonException(
          constructor.getDeclaringClass().getSimpleName() + " is incomplete");
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make " + constructor.getDeclaringClass(), e);
    }
  }
}
