import boto3

identity = boto3.client("sts").get_caller_identity()
print(identity["UserId"], identity["Account"], identity["Arn"])
