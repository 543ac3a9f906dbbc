-- Work is replaced and cancelled by its kind and id, which stands in task_instance before "/" and a UUID.
CREATE INDEX scheduled_tasks_id ON scheduled_tasks
  (task_name, substr(task_instance, 1, length(task_instance) - 37));
