using Shop.Cost;

if (args is not [var folder])
{
    Console.Error.WriteLine("Shop.Cost <folder of synthesized templates>, such as cdk/cdk.out");
    return 2;
}

try
{
    Console.Write(new CostReport(StackTemplate.ReadAll(folder), PriceList.Read(Path.Combine(AppContext.BaseDirectory, "prices.json"))).Write());
    return 0;
}
catch (Exception e) when (e is UnpricedException or FileNotFoundException)
{
    Console.Error.WriteLine($"cost: {e.Message}");
    return 1;
}
