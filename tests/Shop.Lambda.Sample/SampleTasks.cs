namespace Shop.Lambda.Sample;

public static class SampleTasks
{
    public static TaskFunction Create() => new TaskFunction()
        .Map("Add", SampleJson.Default.Sum, SampleJson.Default.Total, (sum, context, _) =>
            Task.FromResult(new Total(sum.Left + sum.Right, context.RequestId, context.TraceId)))
        .Map<Sum, Total>("Refuse", SampleJson.Default.Sum, SampleJson.Default.Total, (_, _, _) =>
            throw new ShopException("Shop.Refused", "Not today.", new TimeoutException("inner")))
        .Map<Sum, Total>("Crash", SampleJson.Default.Sum, SampleJson.Default.Total, (_, _, _) =>
            throw new InvalidOperationException(new string('x', 300 * 1024)))
        .Map("Wait", SampleJson.Default.Sum, SampleJson.Default.Total, async (sum, context, cancellationToken) =>
        {
            await Task.Delay(sum.Left, cancellationToken);
            return new Total(sum.Left, context.RequestId, context.TraceId);
        });
}
