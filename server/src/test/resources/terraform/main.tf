terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

# Days until a patch is approved: what a change changes.
variable "delay" {
  type    = number
  default = 7
}

resource "aws_ssm_activation" "fleet" {
  name               = "fleet"
  description        = "made by terraform"
  iam_role           = "fleet"
  registration_limit = 5
  tags = {
    "Patch Group" = "web"
  }
}

resource "aws_ssm_patch_baseline" "debian" {
  name             = "tf-debian"
  description      = "made by terraform"
  operating_system = "DEBIAN"
  approved_patches = ["openssl"]
  rejected_patches = ["telnet"]
  global_filter {
    key    = "PRODUCT"
    values = ["Debian12"]
  }
  approval_rule {
    compliance_level    = "HIGH"
    enable_non_security = true
    approve_after_days  = var.delay
    patch_filter {
      key    = "PRIORITY"
      values = ["Required", "Important"]
    }
  }
  source {
    name          = "extra"
    products      = ["*"]
    configuration = "deb http://archive.example/ stable main"
  }
  tags = {
    ring = "first"
  }
}

resource "aws_ssm_patch_baseline" "windows" {
  name             = "tf-windows"
  approved_patches = ["KB123456"]
}

resource "aws_ssm_default_patch_baseline" "debian" {
  baseline_id      = aws_ssm_patch_baseline.debian.id
  operating_system = aws_ssm_patch_baseline.debian.operating_system
}

resource "aws_ssm_patch_group" "web" {
  baseline_id = aws_ssm_patch_baseline.debian.id
  patch_group = "web"
}

resource "aws_ssm_maintenance_window" "nightly" {
  name                       = "tf-nightly"
  description                = "made by terraform"
  schedule                   = "cron(0 2 ? * * *)"
  schedule_timezone          = "Europe/Berlin"
  schedule_offset            = 2
  duration                   = 4
  cutoff                     = 1
  allow_unassociated_targets = true
  start_date                 = "2030-01-01T00:00:00Z"
  tags = {
    ring = "first"
  }
}

resource "aws_ssm_maintenance_window_target" "web" {
  window_id         = aws_ssm_maintenance_window.nightly.id
  name              = "web"
  description       = "made by terraform"
  resource_type     = "INSTANCE"
  owner_information = "operations"
  targets {
    key    = "tag:Patch Group"
    values = ["web"]
  }
}

resource "aws_ssm_maintenance_window_task" "patch" {
  window_id       = aws_ssm_maintenance_window.nightly.id
  name            = "patch"
  task_type       = "RUN_COMMAND"
  task_arn        = "AWS-RunPatchBaseline"
  priority        = 1
  max_concurrency = "50%"
  max_errors      = "1"
  cutoff_behavior = "CANCEL_TASK"
  targets {
    key    = "WindowTargetIds"
    values = [aws_ssm_maintenance_window_target.web.id]
  }
  task_invocation_parameters {
    run_command_parameters {
      comment         = "nightly"
      timeout_seconds = 600
      parameter {
        name   = "Operation"
        values = ["Install"]
      }
    }
  }
}

resource "aws_ssm_maintenance_window_task" "targetless" {
  window_id = aws_ssm_maintenance_window.nightly.id
  task_type = "AUTOMATION"
  task_arn  = "AWS-PatchInstanceWithRollback"
  task_invocation_parameters {
    automation_parameters {
      document_version = "$LATEST"
      parameter {
        name   = "InstanceId"
        values = ["mi-0123456789abcdef0"]
      }
    }
  }
}

resource "aws_ssm_document" "script" {
  name            = "tf-script"
  document_type   = "Command"
  document_format = "YAML"
  content         = <<-EOT
    schemaVersion: "2.2"
    description: waits ${var.delay} days
    parameters:
      Greeting:
        type: String
        default: hello
    mainSteps:
      - action: aws:runShellScript
        name: greet
        inputs:
          runCommand:
            - echo {{ Greeting }}
  EOT
  tags = {
    ring = "first"
  }
}

data "aws_ssm_document" "script" {
  name            = aws_ssm_document.script.name
  document_format = "YAML"
}

resource "aws_ssm_resource_data_sync" "reports" {
  name = "tf-reports"
  s3_destination {
    bucket_name = "file:fleet"
    region      = "us-east-1"
    prefix      = "fleet"
  }
}

data "aws_caller_identity" "me" {}

data "aws_ssm_patch_baseline" "debian" {
  owner            = "AWS"
  name_prefix      = "AWS-"
  operating_system = "DEBIAN"
}

data "aws_ssm_patch_baselines" "all" {
  filter {
    key    = "OWNER"
    values = ["AWS"]
  }
}

data "aws_ssm_maintenance_windows" "nightly" {
  filter {
    name   = "Name"
    values = [aws_ssm_maintenance_window.nightly.name]
  }
}

data "aws_ssm_instances" "linux" {
  filter {
    name   = "PlatformTypes"
    values = ["Linux"]
  }
}

output "account" {
  value = data.aws_caller_identity.me.account_id
}

output "default" {
  value = data.aws_ssm_patch_baseline.debian.id
}

output "baselines" {
  value = length(data.aws_ssm_patch_baselines.all.baseline_identities)
}

output "windows_found" {
  value = data.aws_ssm_maintenance_windows.nightly.ids == tolist([aws_ssm_maintenance_window.nightly.id])
}

output "document_found" {
  value = data.aws_ssm_document.script.content == aws_ssm_document.script.content
}

output "instances" {
  value = data.aws_ssm_instances.linux.ids
}

# What terraform import takes to name each resource.
output "import_ids" {
  value = {
    "aws_ssm_activation.fleet"                   = aws_ssm_activation.fleet.id
    "aws_ssm_resource_data_sync.reports"         = aws_ssm_resource_data_sync.reports.name
    "aws_ssm_document.script"                    = aws_ssm_document.script.name
    "aws_ssm_patch_baseline.debian"              = aws_ssm_patch_baseline.debian.id
    "aws_ssm_patch_baseline.windows"             = aws_ssm_patch_baseline.windows.id
    "aws_ssm_default_patch_baseline.debian"      = aws_ssm_patch_baseline.debian.id
    "aws_ssm_maintenance_window.nightly"         = aws_ssm_maintenance_window.nightly.id
    "aws_ssm_maintenance_window_target.web"      = "${aws_ssm_maintenance_window.nightly.id}/${aws_ssm_maintenance_window_target.web.id}"
    "aws_ssm_maintenance_window_task.patch"      = "${aws_ssm_maintenance_window.nightly.id}/${aws_ssm_maintenance_window_task.patch.id}"
    "aws_ssm_maintenance_window_task.targetless" = "${aws_ssm_maintenance_window.nightly.id}/${aws_ssm_maintenance_window_task.targetless.id}"
  }
}
