"""Where the applicants come from: districts, trades, sizes, each with its share.

Each row gives online registrations and submissions; every table adds up to 541 and
170. The second name of a district is the one it bore in 2014.
"""

#: (code, name, name in English, registrations, submissions)
DISTRICTS = (
    ("gaoxin", "高新区", "Hi-tech Zone", 75, 31),
    ("wuhou", "武侯区", "Wuhou", 41, 11),
    ("jinjiang", "锦江区", "Jinjiang", 33, 11),
    ("qingyang", "青羊区", "Qingyang", 35, 10),
    ("jinniu", "金牛区", "Jinniu", 36, 9),
    ("chenghua", "成华区", "Chenghua", 29, 8),
    ("longquanyi", "龙泉驿区", "Longquanyi", 42, 16),
    ("qingbaijiang", "青白江区", "Qingbaijiang", 19, 6),
    ("xindu", "新都区", "Xindu", 35, 11),
    ("wenjiang", "温江区", "Wenjiang", 29, 8),
    ("shuangliu", "双流区", "Shuangliu", 44, 16),
    ("pidu", "郫都区", "Pidu", 33, 12),
    ("xinjin", "新津区", "Xinjin", 17, 4),
    ("jianyang", "简阳市", "Jianyang", 10, 2),
    ("dujiangyan", "都江堰市", "Dujiangyan", 11, 2),
    ("pengzhou", "彭州市", "Pengzhou", 11, 2),
    ("chongzhou", "崇州市", "Chongzhou", 10, 2),
    ("qionglai", "邛崃市", "Qionglai", 9, 2),
    ("jintang", "金堂县", "Jintang", 10, 4),
    ("dayi", "大邑县", "Dayi", 7, 2),
    ("pujiang", "蒲江县", "Pujiang", 5, 1),
)
#: The district that signs off some opinions two working days late.
LATE_DISTRICT = "jintang"
#: The district whose three people have a login.
SHOWN_DISTRICT = "gaoxin"
#: Names before the counties became districts; Jianyang was not in the city then.
HISTORIC_NAMES = {"shuangliu": "双流县", "pidu": "郫县", "xinjin": "新津县"}

#: (code, name, name in English, registrations, submissions, word in firm names)
TRADES = (
    ("01", "电子信息与软件", "Electronics and Software", 82, 27, "电子科技"),
    ("02", "机械装备与轨道交通", "Machinery and Rail", 70, 26, "精密机械"),
    ("03", "汽车及零部件", "Motor Vehicles and Parts", 41, 15, "汽车零部件"),
    ("04", "航空与精密制造", "Aviation and Precision", 22, 10, "航空精工"),
    ("05", "生物医药与医疗器械", "Biomedicine", 48, 16, "生物医药"),
    ("06", "食品饮料", "Food and Drink", 58, 19, "食品"),
    ("07", "建材化工与新材料", "Materials and Chemicals", 46, 13, "新材料"),
    ("08", "轻工家具鞋业", "Furniture and Shoes", 37, 7, "家居"),
    ("09", "建筑与工程服务", "Construction", 44, 13, "建设工程"),
    ("10", "商贸物流", "Trade and Logistics", 34, 9, "商贸物流"),
    ("11", "旅游酒店餐饮", "Tourism and Catering", 22, 6, "文化旅游"),
    ("12", "金融与专业服务", "Finance and Services", 15, 4, "企业服务"),
    ("13", "医疗卫生机构", "Medical Institutions", 10, 2, "医院"),
    ("14", "教育与公共服务", "Education and Public Service", 7, 2, "学校"),
    ("15", "农业与农产品加工", "Agriculture", 5, 1, "农业"),
)

#: (key of the size, registrations, submissions)
SIZES = (
    ("large", 92, 47),
    ("medium", 196, 71),
    ("small", 208, 42),
    ("micro", 17, 1),
    ("other", 28, 9),
)
#: Trades whose members are no enterprises.
PUBLIC_TRADES = ("13", "14")

#: Trades of each panel; two panels may share one trade.
PANELS = (
    ("电子信息一组", ("01",)),
    ("电子信息二组", ("01",)),
    ("机械装备一组", ("02",)),
    ("机械装备二组", ("02",)),
    ("汽车组", ("03",)),
    ("食品与农业组", ("06", "15")),
    ("生物医药与医疗组", ("05", "13")),
    ("材料化工组", ("07",)),
    ("建筑工程组", ("09",)),
    ("航空精密组", ("04",)),
    ("商贸金融组", ("10", "12")),
    ("轻工旅游公共服务组", ("08", "11", "14")),
)

#: Share of the submissions: first half of the window, second half, the last three
#: days before the last afternoon, the last afternoon (55 % in the last three days).
FILING_CURVE = (8, 37, 35, 20)

#: Employers of the reviewers with their weight in the pool.
BACKGROUNDS = (
    ("高等院校", 58),
    ("认证检测机构", 52),
    ("在职质量经理", 64),
    ("退休专家", 34),
    ("行业协会", 26),
    ("咨询机构", 26),
)
CITIES = (("本市", 148), ("省内市外", 47), ("省外", 65))
