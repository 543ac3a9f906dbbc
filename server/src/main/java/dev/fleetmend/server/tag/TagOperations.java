package dev.fleetmend.server.tag;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.operation.Caller;
import dev.fleetmend.server.operation.Operations;
import dev.fleetmend.server.store.Store;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.ssm.model.AddTagsToResourceRequest;
import software.amazon.awssdk.services.ssm.model.AddTagsToResourceResponse;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ssm.model.RemoveTagsFromResourceRequest;
import software.amazon.awssdk.services.ssm.model.RemoveTagsFromResourceResponse;
import software.amazon.awssdk.services.ssm.model.Tag;

/** AddTagsToResource, RemoveTagsFromResource, ListTagsForResource. */
public final class TagOperations {
  private final Store store;
  private final TagDirectory tags;

  public TagOperations(Store store, TagDirectory tags) {
    this.store = store;
    this.tags = tags;
  }

  public void offer(Operations operations) {
    operations.on(AddTagsToResourceRequest.class, this::add);
    operations.on(RemoveTagsFromResourceRequest.class, this::remove);
    operations.on(ListTagsForResourceRequest.class, this::list);
  }

  private AddTagsToResourceResponse add(AddTagsToResourceRequest request, Caller caller) {
    String type = request.resourceTypeAsString();
    Map<String, String> added = asMap(request.tags());
    tags.requireResource(type, request.resourceId());
    store.change(tx -> tags.put(tx, type, request.resourceId(), added));
    return AddTagsToResourceResponse.builder().build();
  }

  private RemoveTagsFromResourceResponse remove(
      RemoveTagsFromResourceRequest request, Caller caller) {
    String type = request.resourceTypeAsString();
    tags.requireResource(type, request.resourceId());
    store.change(tx -> tags.remove(tx, type, request.resourceId(), request.tagKeys()));
    return RemoveTagsFromResourceResponse.builder().build();
  }

  private ListTagsForResourceResponse list(ListTagsForResourceRequest request, Caller caller) {
    String type = request.resourceTypeAsString();
    tags.requireResource(type, request.resourceId());
    List<Tag> list =
        tags.of(type, request.resourceId()).entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
    return ListTagsForResourceResponse.builder().tagList(list).build();
  }

  /**
   * A request's tags by key.
   *
   * @throws ApiException ValidationException where a key is given twice or is one of AWS's own
   */
  public static Map<String, String> asMap(List<Tag> tags) {
    Map<String, String> map = new TreeMap<>();
    for (Tag tag : tags) {
      if (tag.key().toLowerCase(Locale.ROOT).startsWith("aws:")) {
        throw new ApiException(
            "ValidationException", "Tag keys that begin with aws: are reserved: " + tag.key());
      }
      if (map.put(tag.key(), tag.value()) != null) {
        throw new ApiException("ValidationException", "Duplicate tag key: " + tag.key());
      }
    }
    return map;
  }
}
