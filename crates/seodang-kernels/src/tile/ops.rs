//! The instructions of tile programs.

/// A function of one operand; StableHLO's names.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum UnaryOp {
    Abs,
    Cbrt,
    Ceil,
    Cosine,
    CountLeadingZeros,
    Digamma,
    Erf,
    ErfInv,
    Exponential,
    ExponentialMinusOne,
    Floor,
    /// Gives booleans.
    IsFinite,
    Lgamma,
    Log,
    LogPlusOne,
    Logistic,
    Negate,
    Not,
    Popcnt,
    RoundNearestAfz,
    RoundNearestEven,
    Rsqrt,
    Sign,
    Sine,
    Sqrt,
    Tan,
    Tanh,
}

impl UnaryOp {
    /// Every operation.
    pub const ALL: [UnaryOp; 27] = [
        UnaryOp::Abs,
        UnaryOp::Cbrt,
        UnaryOp::Ceil,
        UnaryOp::Cosine,
        UnaryOp::CountLeadingZeros,
        UnaryOp::Digamma,
        UnaryOp::Erf,
        UnaryOp::ErfInv,
        UnaryOp::Exponential,
        UnaryOp::ExponentialMinusOne,
        UnaryOp::Floor,
        UnaryOp::IsFinite,
        UnaryOp::Lgamma,
        UnaryOp::Log,
        UnaryOp::LogPlusOne,
        UnaryOp::Logistic,
        UnaryOp::Negate,
        UnaryOp::Not,
        UnaryOp::Popcnt,
        UnaryOp::RoundNearestAfz,
        UnaryOp::RoundNearestEven,
        UnaryOp::Rsqrt,
        UnaryOp::Sign,
        UnaryOp::Sine,
        UnaryOp::Sqrt,
        UnaryOp::Tan,
        UnaryOp::Tanh,
    ];
}

/// A function of two operands of one type; StableHLO's names.
///
/// Integers wrap. Integer division by zero gives all ones, the remainder by zero the dividend.
/// Shifts by the width or more give 0 (arithmetic: the sign). On booleans `Add` is or, `Multiply`
/// is and.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum BinaryOp {
    Add,
    And,
    Atan2,
    Divide,
    Maximum,
    Minimum,
    Multiply,
    Or,
    Power,
    Remainder,
    ShiftLeft,
    ShiftRightArithmetic,
    ShiftRightLogical,
    Subtract,
    Xor,
}

impl BinaryOp {
    /// Every operation.
    pub const ALL: [BinaryOp; 15] = [
        BinaryOp::Add,
        BinaryOp::And,
        BinaryOp::Atan2,
        BinaryOp::Divide,
        BinaryOp::Maximum,
        BinaryOp::Minimum,
        BinaryOp::Multiply,
        BinaryOp::Or,
        BinaryOp::Power,
        BinaryOp::Remainder,
        BinaryOp::ShiftLeft,
        BinaryOp::ShiftRightArithmetic,
        BinaryOp::ShiftRightLogical,
        BinaryOp::Subtract,
        BinaryOp::Xor,
    ];
}

/// The direction of a comparison; the result is boolean. With NaN all but `Ne` are false.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum CompareOp {
    Eq,
    Ne,
    Ge,
    Gt,
    Le,
    Lt,
}

impl CompareOp {
    /// Every direction.
    pub const ALL: [CompareOp; 6] =
        [CompareOp::Eq, CompareOp::Ne, CompareOp::Ge, CompareOp::Gt, CompareOp::Le, CompareOp::Lt];
}

/// How a reduction combines elements: sum (booleans: or), product (booleans: and), maximum and
/// minimum (NaN wins; booleans: or, and), and bitwise and logical and and or of integers and booleans.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum ReduceOp {
    Sum,
    Prod,
    Max,
    Min,
    And,
    Or,
}

impl ReduceOp {
    /// Every way.
    pub const ALL: [ReduceOp; 6] =
        [ReduceOp::Sum, ReduceOp::Prod, ReduceOp::Max, ReduceOp::Min, ReduceOp::And, ReduceOp::Or];
}
