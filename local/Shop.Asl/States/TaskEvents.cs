using System.Text.Json;
using Shop.Asl.Execution;
using Shop.Asl.History;

namespace Shop.Asl.States;

/// <summary>The history events of one attempt of a task, which differ for functions and integrations.</summary>
internal sealed class TaskEvents(Frame frame, TaskResource resource)
{
    private bool _isSubmitted;

    public void Schedule(JsonElement input, TimeSpan? timeout, TimeSpan? heartbeat)
    {
        var timeoutSeconds = (long?)timeout?.TotalSeconds;
        if (resource.IsFunction)
        {
            frame.Append(HistoryEventType.LambdaFunctionScheduled, new LambdaFunctionScheduledDetails(resource.Arn, input, timeoutSeconds));
            frame.Append(HistoryEventType.LambdaFunctionStarted);
            return;
        }

        frame.Append(HistoryEventType.TaskScheduled, new TaskScheduledDetails(
            resource.Type, resource.Action, frame.Run.Region, input, timeoutSeconds, (long?)heartbeat?.TotalSeconds));
        frame.Append(HistoryEventType.TaskStarted, new TaskStartedDetails(resource.Type, resource.Action));
    }

    public void Submit(JsonElement output)
    {
        if (!_isSubmitted && !resource.IsFunction)
        {
            _isSubmitted = true;
            frame.Append(HistoryEventType.TaskSubmitted, new TaskOutputDetails(resource.Type, resource.Action, output));
        }
    }

    public void Succeed(JsonElement output)
    {
        if (resource.IsFunction)
        {
            frame.Append(HistoryEventType.LambdaFunctionSucceeded, new OutputDetails(output));
        }
        else
        {
            frame.Append(HistoryEventType.TaskSucceeded, new TaskOutputDetails(resource.Type, resource.Action, output));
        }
    }

    public void Fail(StatesException failure, bool beforeStart)
    {
        var type = (resource.IsFunction, beforeStart) switch
        {
            (true, true) => HistoryEventType.LambdaFunctionScheduleFailed,
            (true, false) => HistoryEventType.LambdaFunctionFailed,
            (false, true) when !IsSubmitting => HistoryEventType.TaskStartFailed,
            _ => IsSubmitting ? HistoryEventType.TaskSubmitFailed : HistoryEventType.TaskFailed,
        };
        AppendFailure(type, failure.Error, failure.Cause);
    }

    public void TimeOut()
        => AppendFailure(resource.IsFunction ? HistoryEventType.LambdaFunctionTimedOut : HistoryEventType.TaskTimedOut, ErrorNames.Timeout, null);

    /// <summary>Whether the call that starts a job or hands out a token is still going on.</summary>
    private bool IsSubmitting => (resource.WaitsForToken || resource.RunsJob) && !_isSubmitted;

    private void AppendFailure(HistoryEventType type, string error, string? cause) => frame.Append(type, resource.IsFunction
        ? new FailureDetails(error, cause)
        : new TaskFailureDetails(resource.Type, resource.Action, error, cause));
}
