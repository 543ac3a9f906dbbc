package dev.fleetmend.server.datasync;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.ServerConfig;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.CreateResourceDataSyncRequest;
import software.amazon.awssdk.services.ssm.model.ResourceDataSyncS3Destination;
import software.amazon.awssdk.services.ssm.model.ResourceDataSyncSource;

/** What a sync may be. Names and prefixes become paths, so they are of few characters. */
final class SyncChecks {
  static final String TO_DESTINATION = "SyncToDestination";
  static final String FROM_SOURCE = "SyncFromSource";
  static final String FOLDER = "file:";
  private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]+");
  private static final Pattern FOLDER_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
  private static final Pattern BUCKET =
      Pattern.compile("[a-z0-9]([a-z0-9-]|\\.(?!\\.)){1,61}[a-z0-9]");
  private static final Pattern PREFIX =
      Pattern.compile("(?!.*//)[A-Za-z0-9!_*'()=-]([A-Za-z0-9!_*'()=/-]|\\.(?!\\.))*");
  private static final Pattern REGION = Pattern.compile("[a-z0-9-]+");

  private final ServerConfig config;

  SyncChecks(ServerConfig config) {
    this.config = config;
  }

  /** The type of a sync; the one that goes to a bucket where none is named. */
  static String type(@Nullable String type) {
    String meant = type == null ? TO_DESTINATION : type;
    if (!meant.equals(TO_DESTINATION) && !meant.equals(FROM_SOURCE)) {
      throw invalid("SyncType must be SyncToDestination or SyncFromSource");
    }
    return meant;
  }

  void check(CreateResourceDataSyncRequest request, String type) {
    if (!NAME.matcher(request.syncName()).matches()) {
      throw invalid("SyncName must not have control characters");
    }
    if (type.equals(FROM_SOURCE)) {
      if (request.syncSource() == null || request.s3Destination() != null) {
        throw invalid("SyncFromSource takes a SyncSource and no S3Destination");
      }
      check(request.syncSource());
      return;
    }
    if (request.s3Destination() == null || request.syncSource() != null) {
      throw invalid("SyncToDestination takes an S3Destination and no SyncSource");
    }
    check(request.s3Destination());
  }

  void check(ResourceDataSyncSource source) {
    if (!source.sourceType().equals("SingleAccountMultiRegions")
        || source.awsOrganizationsSource() != null) {
      throw invalid(
          "SourceType must be SingleAccountMultiRegions: there are no organizations here");
    }
    if (!List.of(config.region()).containsAll(source.sourceRegions())) {
      throw invalid("SourceRegions must be " + config.region() + ", this server's only region");
    }
  }

  private void check(ResourceDataSyncS3Destination destination) {
    String bucket = destination.bucketName();
    if (bucket.startsWith(FOLDER)) {
      if (!FOLDER_NAME.matcher(bucket.substring(FOLDER.length())).matches()) {
        throw invalid("a folder's name must be of letters, digits, _ and -");
      }
    } else {
      if (!BUCKET.matcher(bucket).matches()) {
        throw invalid("the bucket name is not valid");
      }
      requireEndpoint();
    }
    if (destination.prefix() != null && !PREFIX.matcher(destination.prefix()).matches()) {
      throw invalid("the prefix is not valid");
    }
    if (!REGION.matcher(destination.region()).matches()) {
      throw invalid("the region is not valid");
    }
    String kmsKey = destination.awskmsKeyARN();
    if (kmsKey != null && !kmsKey.matches("[!-~]+")) {
      throw invalid("the KMS key's ARN is not valid");
    }
    if (destination.destinationDataSharing() != null) {
      throw invalid("DestinationDataSharing is not supported");
    }
  }

  private void requireEndpoint() {
    try {
      if (SyncSettings.of(config.data()).endpoint().isEmpty()) {
        throw invalid(
            "this server was given no S3 endpoint; name one in data-sync.properties of its data"
                + " folder, or use the bucket name file:<folder>");
      }
    } catch (SyncFailedException e) {
      throw invalid("this server's S3 endpoint is not set up rightly; see its log");
    }
  }

  static ApiException invalid(String why) {
    return new ApiException(
        "ResourceDataSyncInvalidConfigurationException",
        "The specified sync configuration is invalid: " + why + ".");
  }
}
