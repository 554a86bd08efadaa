using Shop.Lambda.Sample;

return args switch
{
    ["floor"] => RuntimeApiFloor.Run(),
    ["tasks"] => await SampleTasks.Create().RunAsync(),
    ["plain"] => await PlainFunction.RunAsync(),
    ["plain-misconfigured"] => await PlainFunction.RunAsync(_ => throw new InvalidOperationException("DB_NAME is missing.")),
    ["misconfigured"] => await SampleFunction.RunAsync(configure: _ => throw new InvalidOperationException("DB_NAME is missing.")),
    _ => await SampleFunction.RunAsync(),
};
