using System.Text.Json.Serialization;
using Shop.Contracts;
using Shop.Failover.Aurora;
using Shop.Failover.Epochs;
using Shop.Failover.Orders;
using Shop.Failover.Preflight;
using Shop.Failover.Records;
using Shop.Failover.Routing;

namespace Shop.Failover;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(SetRoutingRequest))]
[JsonSerializable(typeof(SetRoutingAnswer))]
[JsonSerializable(typeof(GetRoutingRequest))]
[JsonSerializable(typeof(GetRoutingAnswer))]
[JsonSerializable(typeof(TellRoutingRequest))]
[JsonSerializable(typeof(TellRoutingAnswer))]
[JsonSerializable(typeof(LookRequest))]
[JsonSerializable(typeof(LookAnswer))]
[JsonSerializable(typeof(PreflightRequest))]
[JsonSerializable(typeof(PreflightAnswer))]
[JsonSerializable(typeof(SwitchoverRequest))]
[JsonSerializable(typeof(SwitchoverAnswer))]
[JsonSerializable(typeof(OpenEpochRequest))]
[JsonSerializable(typeof(EpochBoundary))]
[JsonSerializable(typeof(SyntheticOrderRequest))]
[JsonSerializable(typeof(SyntheticOrderAnswer))]
[JsonSerializable(typeof(RunFacts))]
[JsonSerializable(typeof(RunSummary))]
[JsonSerializable(typeof(Product[]))]
[JsonSerializable(typeof(OrderRequest))]
[JsonSerializable(typeof(Order))]
internal sealed partial class FailoverJson : JsonSerializerContext;
