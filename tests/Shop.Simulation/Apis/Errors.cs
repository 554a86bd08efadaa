using Shop.Asl;
using Shop.Simulation.Executions;

namespace Shop.Simulation.Apis;

/// <summary>The errors that a service may answer at any time: never one that would say something untrue about the world.</summary>
internal static class Errors
{
    /// <param name="action">What was called.</param>
    /// <param name="isHard">For a function: that it broke, not that Lambda couldn't run it, which the definitions retry by name.</param>
    public static TaskFailureException Of(ActionName action, bool isHard) => new(
        action.Service switch
        {
            "lambda" => isHard ? "Lambda.Unknown" : "Lambda.ServiceException",
            "dynamodb" => "DynamoDB.InternalServerErrorException",
            "rds" => "Rds.RdsException",
            "sns" => "SNS.InternalErrorException",
            "cloudwatch" => "CloudWatch.InternalServiceException",
            "sfn" => "Sfn.SfnException",
            "states" => "StepFunctions.AWSStepFunctionsException",
            "events" => "EventBridge.InternalException",
            "s3" => "S3.S3Exception",
            _ => throw Unknown(action),
        },
        "Injected by the schedule.");

    public static InvalidOperationException Unknown(ActionName action) => new($"The model does not know the action {action.Key}.");
}
