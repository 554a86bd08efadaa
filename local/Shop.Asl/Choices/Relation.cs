namespace Shop.Asl.Choices;

internal enum Relation
{
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

internal static class Relations
{
    public static bool Holds(this Relation relation, int order) => relation switch
    {
        Relation.Equal => order == 0,
        Relation.Less => order < 0,
        Relation.LessOrEqual => order <= 0,
        Relation.Greater => order > 0,
        _ => order >= 0,
    };
}
