"""The emulated account, with what the toolchain's own patches leave open: started in place of its program, with the same words.

Each patch stands here since moto is wrong about AWS there, and says how. One that moto no longer needs ends what asks for it.
"""
import contextlib
import copy
import json
import re
import sys
import uuid

import moto_entry
from moto_entry import PATCHES, patch


def need(unmet, what):
    if not unmet:
        sys.exit(f"moto has {what} by itself now: take the patch out of {__file__}")


@patch("root-settings")
def root_settings():
    """Settings of a method of the root are kept and read back as `~1/GET` (Terraform asks for them by that name); `/` is lost on the way."""
    import cfn_types
    from moto.apigateway.models import Stage
    apply, rest_stage = Stage.apply_operations, cfn_types.TABLE["AWS::ApiGateway::Stage"]

    def apply_operations(self, operations):
        others = []
        for operation in operations:
            found = re.fullmatch(r"/(?:~1|ROOT)/([A-Z]+)(?:/(.+))?", operation["path"])
            if not found:
                others.append(operation)
            elif operation["op"] == "remove":
                self.method_settings.pop(f"~1/{found[1]}", None)
            else:
                asis = copy.copy(self)
                asis.method_settings = {}
                apply(asis, [{**operation, "path": operation["path"].replace("ROOT", "~1")}])
                need(f"~1/{found[1]}" not in asis.method_settings, "settings of the root's methods")
                self._patch_method_setting(f"~1/{found[1]}", found[2], operation["value"])
        return apply(self, others)

    def stage(name, properties):
        settings = [{**one, "ResourcePath": "/ROOT"} if one.get("ResourcePath") == "/~1" else one for one in properties.get("MethodSettings") or []]
        return rest_stage(name, {**properties, **({"MethodSettings": settings} if settings else {})})

    Stage.apply_operations, cfn_types.TABLE["AWS::ApiGateway::Stage"] = apply_operations, stage


@patch("ordered-queues")
def ordered_queues():
    """An ordered queue without a name of its own is given one by CloudFormation that ends in `.fifo`; moto's does not, and is refused."""
    from moto.sqs.exceptions import InvalidParameterValue
    from moto.sqs.models import Queue
    create = Queue.create_from_cloudformation_json.__func__

    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **more):
        if str(cloudformation_json.get("Properties", {}).get("FifoQueue")).lower() != "true" or resource_name.endswith(".fifo"):
            return create(cls, resource_name, cloudformation_json, account_id, region_name, **more)
        with contextlib.suppress(InvalidParameterValue):
            create(cls, resource_name, cloudformation_json, account_id, region_name, **more)
            need(False, "names of ordered queues")
        return create(cls, f"{resource_name[:75]}.fifo", cloudformation_json, account_id, region_name, **more)

    Queue.create_from_cloudformation_json = classmethod(create_from_cloudformation_json)


@patch("stream-tags")
def stream_tags():
    """CreateStream takes tags."""
    from moto.kinesis.responses import KinesisResponse
    create = KinesisResponse.create_stream

    def create_stream(self):
        result = create(self)
        name = self._get_param("StreamName")
        stream = self.kinesis_backend.describe_stream(None, name)
        need(not stream.tags, "tags of new streams")
        self.kinesis_backend.add_tags_to_stream(None, name, self._get_param("Tags") or {})
        return result

    KinesisResponse.create_stream = create_stream


@patch("function-logging")
def function_logging():
    """A function reads back the form and the group of its log, and CloudFormation hands on that, its tracing and its architecture."""
    from moto.awslambda.models import LambdaFunction
    begin, read, update = LambdaFunction.__init__, LambdaFunction.get_configuration, LambdaFunction.update_configuration

    def __init__(self, account_id, spec, *more, **named):
        begin(self, account_id, spec, *more, **named)
        self.logging = spec.get("LoggingConfig") or {}

    def get_configuration(self, *words, **named):
        found = read(self, *words, **named)
        need("LoggingConfig" not in found, "the logging of functions")
        return {**found, "LoggingConfig": {"LogFormat": "Text", "LogGroup": self.logs_group_name, **self.logging}}

    def update_configuration(self, updates):
        self.logging = updates.get("LoggingConfig", self.logging)
        return update(self, updates)

    create = LambdaFunction.create_from_cloudformation_json.__func__

    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **more):
        made, properties = create(cls, resource_name, cloudformation_json, account_id, region_name, **more), cloudformation_json["Properties"]
        made.logging = properties.get("LoggingConfig") or {}
        made.tracing_config = properties.get("TracingConfig") or made.tracing_config
        made.architectures = properties.get("Architectures") or made.architectures
        return made

    LambdaFunction.create_from_cloudformation_json = classmethod(create_from_cloudformation_json)
    LambdaFunction.__init__, LambdaFunction.get_configuration, LambdaFunction.update_configuration = __init__, get_configuration, update_configuration


@patch("rollouts")
def rollouts():
    """CodeDeploy: configurations of one's own, groups that read back their alarms, and nothing that they were not told, and can be deleted, deployments that can be stopped."""
    from moto.codedeploy.exceptions import CodeDeployException
    from moto.codedeploy.models import CodeDeployBackend, DeploymentGroup
    from moto.codedeploy.responses import CodeDeployResponse as Response
    own, group_dict, create_group = {}, DeploymentGroup.to_dict, CodeDeployBackend.create_deployment_group
    predefined = re.compile(r"CodeDeployDefault\.(?:LambdaAllAtOnce|LambdaCanary10Percent(?:5|10|15|30)Minutes|LambdaLinear10PercentEvery(?:1|2|3|10)Minutes?)")
    for action in ("create_deployment_config", "get_deployment_config", "delete_deployment_config", "delete_deployment_group", "stop_deployment"):
        need(not hasattr(Response, action), action)

    def missing(what, name):
        return CodeDeployException(f"{what}DoesNotExistException", f"No {what} {name}")

    def create_config(self):
        name, routing = self._get_param("deploymentConfigName"), self._get_param("trafficRoutingConfig") or {}
        by = {"TimeBasedCanary": ("canaryInterval", "canaryPercentage"), "TimeBasedLinear": ("linearInterval", "linearPercentage")}.get(routing.get("type"))
        values = routing.get(routing.get("type", "")[:1].lower() + routing.get("type", "")[1:]) or {}
        if not by or self._get_param("computePlatform") != "Lambda" or set(values) != set(by) or not (1 <= values[by[1]] <= 99 and values[by[0]] >= 1):
            raise CodeDeployException("InvalidTrafficRoutingConfigurationException", json.dumps(routing))
        own[name] = {"deploymentConfigId": str(uuid.uuid4()), "deploymentConfigName": name, "computePlatform": "Lambda", "trafficRoutingConfig": routing}
        return json.dumps({"deploymentConfigId": own[name]["deploymentConfigId"]})

    def get_config(self):
        name = self._get_param("deploymentConfigName")
        if name not in own:
            raise missing("DeploymentConfig", name)
        return json.dumps({"deploymentConfigInfo": own[name]})

    def delete_config(self):
        own.pop(self._get_param("deploymentConfigName"), None)
        return "{}"

    def checked(self, *words, **named):
        name = named.get("deployment_config_name") or ""
        if name not in own and not predefined.fullmatch(name):
            raise missing("DeploymentConfig", name)
        return create_group(self, *words, **named)

    def to_dict(self):
        found = group_dict(self)
        need(not found["alarmConfiguration"], "alarms of deployment groups")
        absent = [key for key in ("loadBalancerInfo", "blueGreenDeploymentConfiguration") if not found[key]]
        return {**{key: value for key, value in found.items() if key not in absent}, "alarmConfiguration": self.alarm_configuration or {}}

    def delete_group(self):
        self.codedeploy_backend.deployment_groups.get(self._get_param("applicationName"), {}).pop(self._get_param("deploymentGroupName"), None)
        return json.dumps({"hooksNotCleanedUp": []})

    def stop(self):
        deployment = self.codedeploy_backend.get_deployment(self._get_param("deploymentId"))
        deployment.status = "Stopped"
        return json.dumps({"status": "Succeeded", "statusMessage": "stopped"})

    Response.create_deployment_config, Response.get_deployment_config, Response.delete_deployment_config = create_config, get_config, delete_config
    Response.delete_deployment_group, Response.stop_deployment = delete_group, stop
    CodeDeployBackend.create_deployment_group, DeploymentGroup.to_dict = checked, to_dict


@patch("rest-domains")
def rest_domains():
    """A domain of the second kind of API leads to REST APIs, too."""
    from moto.apigateway.models import apigateway_backends
    from moto.apigatewayv2.models import ApiGatewayV2Backend
    create = ApiGatewayV2Backend.create_api_mapping

    def create_api_mapping(self, api_id, *words, **named):
        rest = apigateway_backends[self.account_id][self.region_name].apis.get(api_id)
        if rest is None:
            return create(self, api_id, *words, **named)
        need(api_id not in self.apis, "mappings to REST APIs")
        self.apis[api_id] = rest
        try:
            return create(self, api_id, *words, **named)
        finally:
            del self.apis[api_id]

    ApiGatewayV2Backend.create_api_mapping = create_api_mapping


# The types of CloudFormation are registered with what stands in their table by then.
PATCHES["cfn-types"] = PATCHES.pop("cfn-types")
if __name__ == "__main__":
    moto_entry.main()
